// Grants an entitlement and revokes it again, with the classes that gSOAP generates from the WSDL.
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include "AccountBinding.nsmap"
#include "soapAccountBindingProxy.h"

static const char *setting(const char *name, const char *otherwise) {
  const char *value = std::getenv(name);
  return value ? value : otherwise;
}

// Below version 13.0 the API has no srd: the generated classes then lack the member.
template <class Request>
static void setSrd(Request &request, const char *srd) {
  if constexpr (requires { request.srd; }) request.srd = srd;
}

// gSOAP numbers the codes of the enumeration itself; the wire's own number is their text.
template <class Response>
static std::string outcome(soap *soap, const Response &response) {
  const ns2__Return &result = *response.return_;
  return std::string(soap_ns2__ReturnCode2s(soap, result.returnCode)) + " " + *result.returnString;
}

static const ns2__Entitlement *find(const ns2__Account *account, const std::string &id) {
  for (const ns2__Entitlement *held : account->entitlements) {
    if (*held->merchantEntitlementId == id) return held;
  }
  return nullptr;
}

static int fail(AccountBindingProxy &service) {
  service.soap_stream_fault(std::cerr);
  return EXIT_FAILURE;
}

int main() {
  // Strings are UTF-8 on both sides; a reply that breaks the schema is an error.
  soap *context = soap_new1(SOAP_XML_STRICT | SOAP_C_UTFSTRING);
  const std::string base = setting("LATCHKEY_URL", "http://127.0.0.1:8787");
  const std::string endpoint = base + "/soap.pl"; // the proxy keeps the pointer
  AccountBindingProxy service(context, endpoint.c_str());

  ns2__Authentication auth;
  auth.version = setting("LATCHKEY_VERSION", "22.0");
  auth.login = setting("LATCHKEY_LOGIN", "demo");
  auth.password = setting("LATCHKEY_PASSWORD", "demo");

  std::string accountId = "xyz123";
  ns2__Account account;
  account.merchantAccountId = &accountId;

  // Give the account a name. Of the reply, only the name is wanted.
  std::string name = "Zoë Müller & <Söhne>";
  ns2__Account named = account;
  named.name = &name;
  _ns1__update update;
  _ns1__updateResponse updated;
  update.auth = &auth;
  update.account = &named;
  setSrd(update, R"({"account": ["name"]})");
  if (service.update(&update, updated) != SOAP_OK) return fail(service);
  std::cout << "name: " << *updated.account->name << std::endl;

  // Grant. Without an srd, the reply holds the whole account.
  std::string id = "news", description = "Größe <L> & \"mehr\"";
  ns2__Entitlement entitlement;
  entitlement.merchantEntitlementId = &id;
  entitlement.description = &description;
  _ns1__grantEntitlement grant;
  _ns1__grantEntitlementResponse granted;
  grant.auth = &auth;
  grant.account = &account;
  grant.entitlement = &entitlement;
  if (service.grantEntitlement(&grant, granted) != SOAP_OK) return fail(service);
  std::cout << "grant: " << outcome(context, granted) << std::endl;
  std::cout << "description: " << *find(granted.account, id)->description << std::endl;

  // Revoke: the entitlement has ended when the reply comes.
  std::string note = "No more news";
  _ns1__revokeEntitlement revoke;
  _ns1__revokeEntitlementResponse revoked;
  revoke.auth = &auth;
  revoke.account = &account;
  revoke.merchantEntitlementId = &id;
  revoke.note = &note;
  if (service.revokeEntitlement(&revoke, revoked) != SOAP_OK) return fail(service);
  const time_t *end = find(revoked.account, id)->endTimestamp;
  // Not std::time: that may lag by some milliseconds, and so be in the second before.
  using std::chrono::system_clock;
  const time_t now = system_clock::to_time_t(system_clock::now());
  std::cout << "revoke: " << outcome(context, revoked) << std::endl;
  std::cout << "ended: " << (end && *end < now ? "yes" : "no") << std::endl;

  // What the server refuses is a return code, not an error of the call.
  _ns1__revokeEntitlementResponse refused;
  if (service.revokeEntitlement(&revoke, refused) != SOAP_OK) return fail(service);
  std::cout << "revoke again: " << outcome(context, refused) << std::endl;

  // A request that is no call at all is a SOAP Fault: this one is too large.
  std::string large(1024 * 1024 + 1, 'x');
  grant.note = &large;
  if (service.grantEntitlement(&grant, granted) == SOAP_OK) return EXIT_FAILURE;
  std::cout << "fault: " << service.soap_fault_string() << std::endl;

  service.destroy();
  soap_free(context);
  return EXIT_SUCCESS;
}
