import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import latchkey.Latchkey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests that fail: what their reports show is looked at from outside. */
class Failing {
    @RegisterExtension final Latchkey latchkey = new Latchkey();

    @Test
    void fails() throws Exception {
        Soap.isEntitled(latchkey, "bob");
        latchkey.verify(Map.of("operation", "isEntitled", "fields", Map.of("account.merchantAccountId", "ada")));
    }

    @Test
    void passes() throws Exception {
        assertEquals("400", Soap.isEntitled(latchkey, "bob"));
    }
}
