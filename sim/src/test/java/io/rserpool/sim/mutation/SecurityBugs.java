package io.rserpool.sim.mutation;

import static io.rserpool.sim.mutation.Mutation.call;
import static io.rserpool.sim.mutation.Mutation.result;
import static io.rserpool.sim.mutation.Mutation.write;

import java.util.List;

/// Bugs of a secured scope: one check each is not there.
final class SecurityBugs {

  private static final String REGISTRAR = "engine.registrar.";
  private static final String TESTS = REGISTRAR + "AcceptanceTests";
  private static final String REGISTRATIONS = REGISTRAR + "Registrations";
  private static final String DEREGISTRATIONS = REGISTRAR + "Deregistrations";
  private static final String GATE = REGISTRAR + "Gate";

  /// Some rounds are too many where each deed is looked at.
  private static final int UNITS = 150;

  private SecurityBugs() {}

  private static Bug of(String what, Mutation... mutations) {
    return Bug.of(what, "hostile", "STANDARD", mutations).within(UNITS);
  }

  static List<Bug> all() {
    return List.of(
        of(
            "whoever likes may deregister an element",
            call(DEREGISTRATIONS, "received", "isItself", "alwaysOfTwo")),
        of(
            "whoever may register may register the element of another",
            call(REGISTRATIONS, "tested", "isOfSomebodyElse", "neverOfTwo")),
        of(
            "an element has no owner any more when its home changes",
            call("engine.handlespace.Pool", "changeHome", "withHome", "ownerless")),
        of(
            "peers are not told whose an element is",
            call(REGISTRAR + "Updates", "add", "element", "nameless")),
        of(
            "an element is whose it says that it is",
            call(TESTS, "addresses", "userTransport", "remembered"),
            call(TESTS, "addresses", "registrant", "claimed")),
        of(
            "a registrar is believed about the elements of others",
            result(REGISTRAR + "Mandates", "objection", "noObjection")),
        of(
            "a registrar may speak in the name of another",
            call("engine.peering.PeerList", "speaker", "belongsTo", "alwaysOfTwo")),
        of(
            "an element may have the addresses of others",
            call(TESTS, "usable", "mayUse", "alwaysOfThree")),
        of("nobody asks who may register", call(TESTS, "right", "isAllowed", "yes")),
        of(
            "whoever is denied goes on",
            write("engine.access.AccessPolicy", "<init>", "denied", "nobody")),
        of(
            "registrations may come at any rate",
            call(REGISTRATIONS, "received", "allows", "alwaysOfTwo"),
            call(DEREGISTRATIONS, "received", "allows", "alwaysOfTwo")),
        of(
            "every pool that is made up has a rate of its own",
            call(REGISTRAR + "Reports", "received", "isPresent", "yes")),
        of(
            "an identity may have any number of elements",
            call(REGISTRATIONS, "excess", "elementsMax", "unlimited")),
        of(
            "another policy changes nothing that is there",
            call(REGISTRAR + "PolicyChange", "to", "endRegistrations", "none")),
        of(
            "elements and users believe whoever calls or answers",
            result("engine.hunt.HuntSettings", "trusts", "surely")),
        of("whoever answers a call is taken for the element", result(GATE, "answer", "mayBe")),
        of(
            "whoever likes speaks as a registrar",
            call(GATE, "entry", "speakAsRegistrar", "allowed"),
            call(GATE, "isReader", "speakAsRegistrar", "allowed")),
        of(
            "whoever likes takes elements out by hand",
            call(DEREGISTRATIONS, "objectionToRemoval", "reason", "noReason")));
  }
}
