import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import latchkey.Latchkey;
import latchkey.Latchkey.LatchkeyException;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** The extension `Latchkey`: each test's own merchant, its parts, and what is refused. */
@TestMethodOrder(MethodName.class)
class LatchkeyTest {
    private static final String SEED =
        "{\"accounts\": [{\"merchantAccountId\": \"ada\"}], \"entitlements\": [{\"account\": {\"merchantAccountId\": \"ada\"},"
            + " \"merchantEntitlementId\": \"play\", \"endTimestamp\": \"2100-01-01T00:00:00Z\"}]}";
    private static final Map<String, Object> ASKED =
        Map.of("operation", "isEntitled", "fields", Map.of("account.merchantAccountId", "ada"));
    private static String before;

    @RegisterExtension final Latchkey latchkey = new Latchkey();

    @Test
    void eachTestHasAMerchant() throws Exception {
        assertEquals("400", isEntitled());
        latchkey.seed(SEED);
        assertEquals("1", isEntitled());
        before = latchkey.url() + "/_latchkey/merchants/" + latchkey.login() + "/clock";
        assertEquals(200, get(before).statusCode());
    }

    @Test
    void eachTestsMerchantIsRemoved() throws Exception {
        assertEquals(404, get(before).statusCode());
        assertEquals("400", isEntitled());
    }

    @Test
    void clock() throws Exception {
        latchkey.seed(SEED);
        assertEquals("running", latchkey.clock.get().get("mode").asText());
        assertEquals("frozen", latchkey.clock.freeze().get("mode").asText());
        JsonNode happened = latchkey.clock.set("2101-01-01T00:00:00Z").get("happened");
        assertEquals("ada expire", happened.at("/0/account").asText() + " " + happened.at("/0/action").asText());
        assertEquals("0", isEntitled());
        assertEquals("2101-01-02T00:00:00.000Z", latchkey.clock.advance("P1D").get("now").asText());
        assertEquals("running", latchkey.clock.run().get("mode").asText());
        latchkey.reset("empty");
        assertEquals("2102-01-01T00:00:00.000Z", latchkey.clock.freeze("2102-01-01T00:00:00Z").get("now").asText());
        assertEquals("running", latchkey.clock.reset().get("mode").asText());
    }

    @Test
    void snapshotAndReset() throws Exception {
        latchkey.seed(SEED);
        Latchkey.Snapshot snapshot = latchkey.snapshot("may play");
        latchkey.reset("empty");
        assertEquals("400", isEntitled());
        snapshot.restore();
        assertEquals("1", isEntitled());
        latchkey.clock.set("2101-01-01T00:00:00Z");
        assertEquals("0", isEntitled());
        latchkey.reset();
        assertEquals("1", isEntitled());
        latchkey.snapshot().delete();
        snapshot.delete();
        assertRefused("no snapshot", snapshot::restore);
    }

    @Test
    void faults() throws Exception {
        latchkey.seed(SEED);
        latchkey.faults.set(List.of(Map.of("operation", "isEntitled", "returnCode", 503, "times", 1)));
        assertEquals("503", isEntitled());
        assertEquals("1", isEntitled());
        assertEquals(1, latchkey.faults.list().at("/0/struck").asInt());
        latchkey.faults.clear();
        assertEquals(0, latchkey.faults.list().size());
    }

    @Test
    void requestsAndVerify() throws Exception {
        latchkey.seed(SEED);
        isEntitled();
        Soap.isEntitled(latchkey, "bob");
        JsonNode first = latchkey.requests.list().get(0);
        assertEquals(200, latchkey.requests.get(first.get("id").asText()).at("/reply/status").asInt());
        assertEquals(first, latchkey.requests.find(ASKED).get(0));
        assertEquals(1, latchkey.requests.count(ASKED));
        String message = latchkey.requests.nearMisses(ASKED).at("/0/message").asText();
        assertEquals("account.merchantAccountId is \"bob\" instead of \"ada\"", message);
        latchkey.verify("{\"operation\": \"isEntitled\", \"count\": 2}");
        AssertionError error = assertThrows(AssertionError.class, () -> latchkey.verify("{\"count\": 1}"));
        assertEquals("Expected exactly 1, but 2 of 2 requests are any call.", error.getMessage());
        latchkey.requests.clear();
        latchkey.verify("{\"never\": true}");
        assertEquals("No request came.", latchkey.report());
    }

    @Test
    void wsdlAndApiKey() throws Exception {
        assertEquals(latchkey.url() + "/4.3/AutoBill.wsdl", latchkey.wsdl("AutoBill", "4.3"));
        assertTrue(get(latchkey.wsdl()).body().contains("isEntitled"));
        assertTrue(get(latchkey.url() + "/v1/keys").body().contains(latchkey.login()));
    }

    @Test
    void refusalsNameTheField() {
        assertRefused("duration must be an ISO 8601 duration", () -> latchkey.clock.advance("soon"));
        assertRefused("/seed: accounts", () -> latchkey.seed("{\"accounts\": [{\"town\": \"Bregenz\"}]}"));
    }

    private static void assertRefused(String message, Executable call) {
        String refusal = assertThrows(LatchkeyException.class, call).getMessage();
        assertTrue(refusal.contains(message), refusal);
    }

    private String isEntitled() throws IOException, InterruptedException {
        return Soap.isEntitled(latchkey, "ada");
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("X-API-KEY", latchkey.apiKey()).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
