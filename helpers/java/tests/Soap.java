import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import latchkey.Latchkey;

/** A SOAP client for the tests, in a few lines. */
final class Soap {
    private static final String ENVELOPE =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>"
            + "<a:isEntitled xmlns:a='http://soap.vindicia.com/v22_0/Account'><auth><version>22.0</version>"
            + "<login>%s</login><password>%s</password></auth>"
            + "<account><merchantAccountId>%s</merchantAccountId></account>"
            + "<merchantEntitlementId>play</merchantEntitlementId></a:isEntitled></e:Body></e:Envelope>";

    /** Whether the account may play: "1", "0", or the returnCode of a refusal. */
    static String isEntitled(Latchkey latchkey, String account) throws IOException, InterruptedException {
        String text = String.format(ENVELOPE, latchkey.login(), latchkey.password(), account);
        HttpRequest request = HttpRequest.newBuilder(URI.create(latchkey.endpoint()))
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofString(text))
            .build();
        String reply = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
        String code = find("<returnCode>(\\d+)<", reply);
        return code.equals("200") ? find("<entitled[^>]*>(\\d)<", reply) : code;
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) throw new AssertionError(pattern + " is not in " + text);
        return matcher.group(1);
    }
}
