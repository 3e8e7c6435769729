// Grant and revoke on gSOAP's own server and SQLite's C API, with the statements that Latchkey runs.
// One thread serves the connections in turn: SQLite has one writer anyway.
#include "soapH.h"
#include "AccountBinding.nsmap"
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <map>
#include <poll.h>
#include <random>
#include <sqlite3.h>
#include <sstream>
#include <string>
#include <vector>

/** Of src/base/pages.ts. */
static const sqlite3_int64 FIRST_PAGE = 64;

static sqlite3 *database;
static std::map<std::string, sqlite3_stmt *> statements;

static void must(int code) {
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(database));
        exit(1);
    }
}

// A JSON object of strings, as JSON.stringify writes it.
static void prepare(const char *path) {
    std::ifstream file(path);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>()), name, word;
    bool inside = false, isValue = false;
    for (size_t at = 0; at < text.size(); at++) {
        char letter = text[at];
        if (letter == '\\') {
            letter = text[++at];
            word += letter == 'n' || letter == 't' ? ' ' : letter;
        } else if (letter == '"') {
            if (inside && isValue) must(sqlite3_prepare_v2(database, word.c_str(), -1, &statements[name], nullptr));
            else if (inside) name = word;
            if (inside) isValue = !isValue;
            inside = !inside;
            word.clear();
        } else if (inside) {
            word += letter;
        }
    }
}

// A value of a statement: text, a number or NULL.
struct Value {
    const char *text = nullptr;
    sqlite3_int64 number = 0;
    bool isNull = true;
    Value() {}
    Value(const char *text) : text(text), isNull(text == nullptr) {}
    Value(sqlite3_int64 number) : number(number), isNull(false) {}
    Value(int number) : number(number), isNull(false) {}
};

static sqlite3_stmt *bind(const std::string &name, const std::vector<Value> &values) {
    sqlite3_stmt *statement = statements.at(name);
    sqlite3_reset(statement);
    int place = 1;
    for (const Value &value : values) {
        if (value.isNull) sqlite3_bind_null(statement, place++);
        else if (value.text) sqlite3_bind_text(statement, place++, value.text, -1, SQLITE_TRANSIENT);
        else sqlite3_bind_int64(statement, place++, value.number);
    }
    return statement;
}

static void drain(const std::string &name, const std::vector<Value> &values) {
    sqlite3_stmt *statement = bind(name, values);
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {}
    must(code);
    sqlite3_reset(statement);
}

static int column(sqlite3_stmt *statement, const char *name) {
    for (int index = 0; index < sqlite3_column_count(statement); index++) {
        if (strcmp(sqlite3_column_name(statement, index), name) == 0) return index;
    }
    return -1;
}

static char *text(struct soap *soap, sqlite3_stmt *statement, const char *name) {
    return soap_strdup(soap, (const char *)sqlite3_column_text(statement, column(statement, name)));
}

static Value moment(sqlite3_stmt *statement, const char *name) {
    int index = column(statement, name);
    return sqlite3_column_type(statement, index) == SQLITE_NULL ? Value() : Value(sqlite3_column_int64(statement, index));
}

static time_t *seconds(struct soap *soap, const Value &moment) {
    if (moment.isNull) return nullptr;
    time_t *value = (time_t *)soap_malloc(soap, sizeof(time_t));
    *value = moment.number / 1000;
    return value;
}

static char *newId(struct soap *soap) {
    static std::random_device source;
    std::string id;
    char part[9];
    for (int index = 0; index < 5; index++) {
        snprintf(part, sizeof part, "%08x", source());
        id += part;
    }
    return soap_strdup(soap, id.c_str());
}

template <class Response>
static int change(struct soap *soap, const char *action, latchkey2__Authentication *auth, latchkey2__Account *named,
                  const char *id, const char *note, Response &response) {
    response.return_ = soap_new_latchkey2__Return(soap, -1);
    if (strcmp(auth->login, "bench") != 0 || strcmp(auth->password, "p&ss<1>") != 0) {
        soap_s2latchkey2__ReturnCode(soap, "403", &response.return_->returnCode);
        return SOAP_OK;
    }
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    const sqlite3_int64 now = clock.tv_sec * 1000LL + clock.tv_nsec / 1000000, second = clock.tv_sec * 1000LL - 1000;
    must(sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
    sqlite3_stmt *row = bind("account", {named->merchantAccountId, 1});
    if (sqlite3_step(row) != SQLITE_ROW) return soap_sender_fault(soap, "no account", nullptr);
    const sqlite3_int64 account = sqlite3_column_int64(row, column(row, "id"));
    latchkey2__Account *shown = response.account = soap_new_latchkey2__Account(soap, -1);
    shown->VID = text(soap, row, "VID");
    shown->merchantAccountId = text(soap, row, "merchantAccountId");
    shown->emailAddress = text(soap, row, "emailAddress");
    shown->name = text(soap, row, "name");
    sqlite3_reset(row);
    const std::vector<Value> key = {account, "Account", id, ""};
    Value start, end;
    row = bind("entitlement", key);
    if (sqlite3_step(row) == SQLITE_ROW) start = moment(row, "start"), end = moment(row, "end");
    sqlite3_reset(row);
    const bool grants = strcmp(action, "grant") == 0;
    const Value first = grants || start.number > second ? Value(second) : start;
    const Value last = grants ? Value() : Value(second);
    char *soapId = newId(soap);
    std::vector<Value> line = key;
    line.insert(line.end(), {now, 1, action, "bench", note});
    if (strstr(sqlite3_sql(statements.at("insertLedger")), "reason")) line.push_back(Value());
    line.insert(line.end(), {soapId, 1, start, end, Value(), first, last, Value()});
    line.insert(line.end(), key.begin(), key.end());
    drain("insertLedger", line);
    drain("numberLine", {1, 1, sqlite3_last_insert_rowid(database)});
    std::vector<Value> state = key;
    state.insert(state.end(), {1, first, last, Value(), Value(), now});
    drain("saveEntitlement", state);
    for (const char *part : {"address", "nameValues", "taxExemptions"}) drain(part, {account});
    std::vector<latchkey2__Entitlement *> held;
    row = bind("entitlements", {account, "Account", FIRST_PAGE});
    while (sqlite3_step(row) == SQLITE_ROW) {
        latchkey2__Entitlement *entitlement = soap_new_latchkey2__Entitlement(soap, -1);
        entitlement->merchantEntitlementId = text(soap, row, "merchantEntitlementId");
        const Value from = moment(row, "start"), until = moment(row, "end");
        entitlement->startTimestamp = seconds(soap, from);
        entitlement->endTimestamp = seconds(soap, until);
        entitlement->active = (bool *)soap_malloc(soap, sizeof(bool));
        *entitlement->active = from.number <= now && (until.isNull || now < until.number);
        held.push_back(entitlement);
    }
    sqlite3_reset(row);
    shown->__sizeentitlements = held.size();
    shown->entitlements = (latchkey2__Entitlement **)soap_malloc(soap, held.size() * sizeof(latchkey2__Entitlement *));
    std::copy(held.begin(), held.end(), shown->entitlements);
    must(sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr));
    soap_s2latchkey2__ReturnCode(soap, "200", &response.return_->returnCode);
    response.return_->returnString = soap_strdup(soap, "OK");
    response.return_->soapId = soapId;
    return SOAP_OK;
}

int __latchkey1__grantEntitlement(struct soap *soap, _latchkey1__grantEntitlement *message,
                                  _latchkey1__grantEntitlementResponse &response) {
    return change(soap, "grant", message->auth, message->account, message->entitlement->merchantEntitlementId,
                  message->note, response);
}

int __latchkey1__revokeEntitlement(struct soap *soap, _latchkey1__revokeEntitlement *message,
                                   _latchkey1__revokeEntitlementResponse &response) {
    return change(soap, "revoke", message->auth, message->account, message->merchantEntitlementId, message->note,
                  response);
}

#include "others.cpp"

// Answers one request on a connection that has one.
static bool serve(struct soap *soap) {
    soap->keep_alive = 1;
    if (soap_begin_serve(soap) != SOAP_OK) return false;
    if (soap_serve_request(soap) != SOAP_OK && soap->error != SOAP_STOP) soap_send_fault(soap);
    const bool kept = soap->keep_alive;
    soap_destroy(soap);
    soap_end(soap);
    return kept;
}

int main(int, char **arguments) {
    must(sqlite3_open(arguments[2], &database));
    must(sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON",
                      nullptr, nullptr, nullptr));
    prepare(arguments[3]);
    signal(SIGPIPE, SIG_IGN);
    struct soap listener;
    soap_init2(&listener, SOAP_IO_KEEPALIVE, SOAP_IO_KEEPALIVE | SOAP_XML_IGNORENS);
    listener.bind_flags = SO_REUSEADDR;
    if (!soap_valid_socket(soap_bind(&listener, "127.0.0.1", atoi(arguments[1]), 100))) return 1;
    std::vector<struct soap *> connections;
    for (;;) {
        std::vector<pollfd> waiting = {{listener.master, POLLIN, 0}};
        for (struct soap *connection : connections) waiting.push_back({connection->socket, POLLIN, 0});
        poll(waiting.data(), waiting.size(), -1);
        for (size_t index = waiting.size(); index-- > 1;) {
            if (!waiting[index].revents || serve(connections[index - 1])) continue;
            soap_free(connections[index - 1]);
            connections.erase(connections.begin() + (index - 1));
        }
        if (waiting[0].revents && soap_valid_socket(soap_accept(&listener))) {
            struct soap *connection = soap_copy(&listener);
            connection->max_keep_alive = 0;
            connections.push_back(connection);
            listener.socket = SOAP_INVALID_SOCKET;
        }
    }
}
