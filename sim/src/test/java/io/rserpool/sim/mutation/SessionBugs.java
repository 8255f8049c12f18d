package io.rserpool.sim.mutation;

import static io.rserpool.sim.mutation.Mutation.call;
import static io.rserpool.sim.mutation.Mutation.result;
import static io.rserpool.sim.mutation.Mutation.write;

import java.util.List;

/// Bugs of sessions and of their cookies.
final class SessionBugs {

  private static final String SESSION = "engine.session.";
  private static final String COOKIE = "engine.session.cookie.";
  private static final String ELEMENT = "engine.session.element.ElementSession";

  private SessionBugs() {}

  private static Bug of(String what, Mutation... mutations) {
    return Bug.of(what, "sessions", "STANDARD", mutations);
  }

  static List<Bug> all() {
    return List.of(
        of(
            "a session keeps its first cookie instead of the newest",
            write(SESSION + "Control", "received", "cookie", "first")),
        of("no cookie is echoed", call(SESSION + "Arrivals", "start", "opening", "silence")),
        of(
            "what is queued is lost at a failover",
            call(SESSION + "Departures", "settle", "mode", "manual")),
        of(
            "a message that was written is written again",
            call(SESSION + "OutputQueue", "written", "removeFirst", "takeMostly")),
        of(
            "what an element sends is read out of order",
            call(SESSION + "NewsQueue", "append", "addLast", "putFirst")),
        of("the removal of an element is ignored", result(SESSION + "PoolSight", "lacks", "never")),
        of(
            "no element is asked for a sign of life",
            write(SESSION + "Heartbeat", "begin", "isOn", "never")),
        of(
            "elements that were tried in vain are never tried again",
            call(SESSION + "Moving", "begin", "clear", "nothingAtAll"),
            call(SESSION + "Moving", "listed", "clear", "nothingAtAll")),
        of(
            "there is no pause between two rounds of a pool",
            call(SESSION + "Moving", "pause", "retryDelay", "instant")),
        of(
            "an element does not answer keep-alives of users",
            call(ELEMENT, "keepAlive", "accept", "nothing")),
        of("an element accepts a second echo", write(ELEMENT, "echo", "hasEcho", "never")),
        of("an element accepts an echo after data", write(ELEMENT, "data", "hasData", "never")),
        of(
            "a cookie is not bound to its pool",
            call(COOKIE + "CookieSeal", "open", "equals", "always")),
        of("a cookie does not age", call(COOKIE + "CookieSeal", "open", "ageLimit", "century")),
        of(
            "an element does not remember which cookies it was shown",
            call(COOKIE + "EchoMemory", "admit", "get", "unknown")),
        of(
            "cookies are numbered anew at each element",
            write(COOKIE + "SessionCookies", "resume", "sequence", "zero")));
  }
}
