// Contract tests of a client in Java, on the classes that wsimport generates: JUnit 5 with the extension Latchkey.
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.vindicia.soap.v22_0.account.AccountPortType;
import com.vindicia.soap.v22_0.vindicia.Account;
import com.vindicia.soap.v22_0.vindicia.Authentication;
import com.vindicia.soap.v22_0.vindicia.Return;
import java.util.List;
import java.util.Map;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.Holder;
import javax.xml.ws.WebServiceException;
import latchkey.Latchkey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessTest {
    /** The code under test: a client as it might stand in your program. */
    static final class Access {
        private final AccountPortType service = new com.vindicia.soap.v22_0.account.Account().getAccountPort();
        private final Authentication auth = new Authentication();

        Access(String endpoint, String login, String password) {
            ((BindingProvider) service).getRequestContext().put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, endpoint);
            auth.setVersion("22.0");
            auth.setLogin(login);
            auth.setPassword(password);
        }

        boolean may(String account, String entitlement) {
            Holder<Boolean> entitled = new Holder<>();
            service.isEntitled(auth, "", named(account), entitlement, entitled);
            return Boolean.TRUE.equals(entitled.value);
        }

        /**
         * Revokes. A lost reply is asked for once more, which Java may do by itself; then the entitlement has ended already.
         */
        String revoke(String account, String entitlement) {
            try {
                return attempt(account, entitlement);
            } catch (WebServiceException lost) {
                return attempt(account, entitlement);
            }
        }

        private String attempt(String account, String entitlement) {
            Return result = service.revokeEntitlement(auth, "", new Holder<>(named(account)), null, entitlement, null);
            String text = result.getReturnString();
            return text.equals("OK") || text.contains("Could not find active entitlement") ? "revoked" : text;
        }

        private static Account named(String merchantAccountId) {
            Account account = new Account();
            account.setMerchantAccountId(merchantAccountId);
            return account;
        }
    }

    @RegisterExtension final Latchkey latchkey = new Latchkey();
    private Access access;

    @BeforeEach
    void seed() {
        Map<String, String> ada = Map.of("merchantAccountId", "ada");
        Map<String, Object> play =
            Map.of("account", ada, "merchantEntitlementId", "play", "endTimestamp", "2030-01-01T00:00:00Z");
        latchkey.seed(Map.of("accounts", List.of(ada), "entitlements", List.of(play)));
        access = new Access(latchkey.endpoint(), latchkey.login(), latchkey.password());
    }

    @Test
    void revokes() {
        assertTrue(access.may("ada", "play"));
        assertEquals("revoked", access.revoke("ada", "play"));
        assertFalse(access.may("ada", "play"));
        Map<String, String> fields = Map.of("account.merchantAccountId", "ada");
        latchkey.verify(Map.of("operation", "revokeEntitlement", "fields", fields, "count", 1));
    }

    @Test
    void aLostReplyIsNoFailure() {
        Map<String, Object> fault =
            Map.of("operation", "revokeEntitlement", "when", "after", "fault", "EMPTY_RESPONSE", "times", 1);
        latchkey.faults.set(List.of(fault));
        assertEquals("revoked", access.revoke("ada", "play"));
        latchkey.verify(Map.of("operation", "revokeEntitlement", "count", 2));
    }

    @Test
    void aRefusalIsPassedOn() {
        assertEquals("Account not found.", access.revoke("bob", "play"));
    }

    @Test
    void accessEndsByItself() {
        latchkey.clock.set("2029-12-31T23:59:59Z");
        assertTrue(access.may("ada", "play"));
        latchkey.clock.advance("PT1S");
        assertFalse(access.may("ada", "play"));
    }
}
