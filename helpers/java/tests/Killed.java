import static org.junit.jupiter.api.Assertions.assertEquals;

import latchkey.Latchkey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run that is killed: its server ends all the same. */
class Killed {
    @RegisterExtension final Latchkey latchkey = new Latchkey();

    @Test
    void isKilled() throws Exception {
        assertEquals("400", Soap.isEntitled(latchkey, "bob"));
        System.out.println("killed");
        new ProcessBuilder("kill", "-9", String.valueOf(ProcessHandle.current().pid())).start().waitFor();
    }
}
