package latchkey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.junit.jupiter.api.extension.*;

/**
 * Latchkey for JUnit 5: one server a run, and for each test a merchant that is removed after it; the test steers it by the
 * calls that docs/simulation.md describes. What calls take is JSON: a text, or maps and lists.
 */
public final class Latchkey implements BeforeEachCallback, AfterEachCallback {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    public final Clock clock = new Clock();
    public final Faults faults = new Faults();
    public final Requests requests = new Requests();
    private String url;
    private JsonNode made;

    public String url() { return url; }
    public String login() { return made.get("login").asText(); }
    public String password() { return made.get("password").asText(); }
    public String apiKey() { return made.get("apiKey").asText(); }
    public String endpoint() { return made.get("endpoint").asText(); }
    public String wsdl() { return wsdl("Account", "22.0"); }
    public String wsdl(String service, String version) { return url + "/" + version + "/" + service + ".wsdl"; }
    public JsonNode seed(Object seed) { return call("PUT", "/seed", seed); }
    public JsonNode reset() { return call("POST", "/reset", null); }
    public JsonNode reset(String to) { return call("POST", "/reset", Map.of("to", to)); }
    public Snapshot snapshot() { return snapshot(UUID.randomUUID().toString()); }
    public Snapshot snapshot(String name) { return new Snapshot("/snapshots/" + encode(name)); }
    public String report() { return call("GET", "/report", null).get("report").asText(); }

    /** @throws AssertionError where requests came otherwise */
    public void verify(Object expectation) {
        JsonNode result = call("POST", "/verify", expectation);
        if (!result.get("verified").asBoolean()) throw new AssertionError(result.get("message").asText());
    }

    /** The clock. Its moves answer when all that fell due was written down. */
    public final class Clock {
        public JsonNode get() { return call("GET", "/clock", null); }
        public JsonNode freeze() { return change(Map.of("action", "freeze")); }
        public JsonNode freeze(String instant) { return change(Map.of("action", "freeze", "instant", instant)); }
        public JsonNode set(String instant) { return change(Map.of("action", "set", "instant", instant)); }
        public JsonNode advance(String duration) { return change(Map.of("action", "advance", "duration", duration)); }
        public JsonNode run() { return change(Map.of("action", "run")); }
        public JsonNode reset() { return change(Map.of("action", "reset")); }
        private JsonNode change(Map<String, String> change) { return call("PUT", "/clock", change); }
    }

    /** Faults on demand. */
    public final class Faults {
        public JsonNode set(Object faults) { return call("PUT", "/faults", faults); }
        public JsonNode list() { return call("GET", "/faults", null); }
        public void clear() { set(List.of()); }
    }

    /** The requests that came. */
    public final class Requests {
        public JsonNode list() { return call("GET", "/requests", null); }
        public JsonNode get(String id) { return call("GET", "/requests/" + encode(id), null); }
        public JsonNode find(Object expectation) { return call("POST", "/requests/find", expectation); }
        public int count(Object expectation) { return call("POST", "/requests/count", expectation).get("count").asInt(); }
        public JsonNode nearMisses(Object expectation) { return call("POST", "/requests/near-misses", expectation); }
        public void clear() { call("DELETE", "/requests", null); }
    }

    /** Data and clock that were kept. */
    public final class Snapshot {
        private final String path;
        private Snapshot(String path) { call("POST", this.path = path, null); }
        public JsonNode restore() { return call("POST", path + "/restore", null); }
        public void delete() { call("DELETE", path, null); }
    }

    /** There is no server, or it refused a call: the message says why. */
    public static final class LatchkeyException extends RuntimeException {
        private LatchkeyException(String message) { super(message); }
    }

    @Override public void beforeEach(ExtensionContext context) {
        ExtensionContext.Store ofRun = context.getRoot().getStore(ExtensionContext.Namespace.create(Latchkey.class));
        url = ofRun.getOrComputeIfAbsent("server", key -> new Server(), Server.class).url;
        made = send("POST", url + "/_latchkey/merchants", null);
    }

    @Override public void afterEach(ExtensionContext context) {
        // The report of a test that failed shows which requests came.
        context.getExecutionException().ifPresent(failure -> failure.addSuppressed(new RequestsThatCame(report())));
        call("DELETE", "", null);
    }

    private static final class RequestsThatCame extends Exception {
        private RequestsThatCame(String report) { super("\n" + report, null, false, false); }
    }

    /** The server at LATCHKEY_URL, or one that LATCHKEY_COMMAND starts and that ends with this program. */
    private static final class Server implements ExtensionContext.Store.CloseableResource {
        private final String url;
        private Process process;
        private Server() {
            String given = System.getenv().getOrDefault("LATCHKEY_URL", "").replaceAll("/+$", "");
            String command = System.getenv().getOrDefault("LATCHKEY_COMMAND", "");
            url = !given.isEmpty() ? given : start(command.isEmpty() ? "npx --no-install latchkey" : command);
        }

        private String start(String command) {
            String serve = " serve --simulate --port 0 --database :memory: --log-level silent --json --end-with-input";
            try {
                process = new ProcessBuilder("sh", "-c", command + serve).redirectError(ProcessBuilder.Redirect.INHERIT).start();
                String facts = new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
                if (facts != null) return JSON.readTree(facts).get("url").asText();
                throw new LatchkeyException("`" + command + "` did not serve: install latchkey here, or set LATCHKEY_COMMAND");
            } catch (IOException error) {
                throw new UncheckedIOException(error);
            }
        }

        @Override public void close() throws IOException, InterruptedException {
            if (process != null) { process.getOutputStream().close(); process.waitFor(); }
        }
    }

    private JsonNode call(String method, String path, Object body) { return send(method, made.get("control").asText() + path, body); }

    /** Sends JSON and gives what comes back. */
    private static JsonNode send(String method, String url, Object body) {
        try {
            String json = body == null ? "" : body instanceof String ? (String) body : JSON.writeValueAsString(body);
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json");
            request.method(method, HttpRequest.BodyPublishers.ofString(json));
            HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() < 400) return JSON.readTree(answer.body());
            String why = "the server is no simulation: start it with --simulate";
            if (answer.body().startsWith("{")) why = JSON.readTree(answer.body()).get("message").asText();
            throw new LatchkeyException(method + " " + url + ": " + why);
        } catch (IOException | InterruptedException error) {
            throw new LatchkeyException(method + " " + url + ": no answer: " + error);
        }
    }

    private static String encode(String text) { return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"); }
}
