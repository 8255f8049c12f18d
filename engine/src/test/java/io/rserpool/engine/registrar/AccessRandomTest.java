package io.rserpool.engine.registrar;

import static io.rserpool.engine.registrar.PeerScript.at;
import static io.rserpool.engine.registrar.PeerScript.callable;
import static io.rserpool.engine.registrar.PeerScript.elementName;
import static io.rserpool.engine.registrar.PeerScript.id;
import static io.rserpool.engine.registrar.PeerScript.registrarName;
import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.AssociationKind;
import io.rserpool.engine.PeerIdentity;
import io.rserpool.engine.access.AccessPolicy;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.LeaveRequest;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.ServerId;
import io.rserpool.protocol.asap.AsapDeregistration;
import io.rserpool.protocol.asap.AsapEndpointKeepAliveAck;
import io.rserpool.protocol.asap.AsapEndpointUnreachable;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapRegistration;
import io.rserpool.protocol.enrp.EnrpHandleTableResponse;
import io.rserpool.protocol.enrp.EnrpHandleUpdate;
import io.rserpool.protocol.enrp.EnrpInitTakeover;
import io.rserpool.protocol.enrp.EnrpListResponse;
import io.rserpool.protocol.enrp.EnrpMessage;
import io.rserpool.protocol.enrp.EnrpTakeoverServer;
import io.rserpool.protocol.enrp.UpdateAction;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever an element of the scope, a user, strangers and false registrars do: the elements of others
/// stay as they are. (A third identity that may report would outvote an element that lives: RFC 5352
/// section 3.5 has it so.)
class AccessRandomTest {

  private static final int SEEDS = 40;
  private static final int STEPS = 400;

  private static final List<LeaveRequest> LEAVES =
      List.of(LeaveRequest.NONE, LeaveRequest.REMOVE, LeaveRequest.DRAIN);

  private static final List<String> ATTACKERS =
      List.of(
          elementName(66),
          "rserpool://s/user/u",
          "",
          "r.example.com",
          "rserpool://s/guest/x/registrar/r7");

  /// Elements 1 and 2 are of this registrar, 3 and 4 of peer 7, each of an identity of its own; what
  /// belongs to nobody here is element 60 and above.
  private static PeerScript scope() {
    PeerScript script = PeerScript.securedAmong(AccessPolicy.ofRoles(), 7).lively(7);
    script.registersAs(1, 1, Script.element(1), elementName(1));
    script.registersAs(2, 2, Script.element(2), elementName(2));
    script.adds(7, callable(7, 3).withRegistrant(elementName(3)));
    return script.adds(7, at(7, 4).withRegistrant(elementName(4)));
  }

  private static List<PoolElementParameter> ofOthers(PeerScript script) {
    return script.view().elements().stream()
        .map(RegistrarView.Element::element)
        .filter(element -> Integer.compareUnsigned(element.elementId().value(), 60) < 0)
        .toList();
  }

  @Test
  void elementsOfOthersStayAsTheyAre() {
    long first = Long.getLong("rserpool.seed", 1);
    int registered = 0;
    for (long seed = first; seed < first + SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PeerScript script = scope();
      List<PoolElementParameter> before = ofOthers(script);
      assertThat(before).hasSize(4);
      for (int step = 0; step < STEPS; step++) {
        long line = 1_000 * (step + 1L) + 60;
        String what = attack(script, random, line);
        assertThat(ofOthers(script))
            .as(
                "after step %d of seed %d, %s; replay with -Drserpool.seed=%d",
                step, seed, what, seed)
            .isEqualTo(before);
        assertThat(script.view().peers())
            .extracting(peer -> peer.id())
            .as("peers after step %d of seed %d, %s", step, seed, what)
            .containsExactly(id(7));
        registered = Math.max(registered, script.view().elements().size() - 4);
        script.forget().passMs(random.nextInt(50));
      }
    }
    assertThat(registered).as("the attacker may register what is its own").isPositive();
  }

  /// @return what it was, for people
  private static String attack(PeerScript script, SplittableRandom random, long line) {
    String name = ATTACKERS.get(random.nextInt(ATTACKERS.size()));
    boolean speaksEnrp = random.nextInt(3) == 0;
    AssociationKind kind = speaksEnrp ? AssociationKind.ENRP : AssociationKind.ASAP;
    // From the address of an element that is not its own, too.
    long from = random.nextBoolean() ? random.nextInt(1, 5) : 60;
    script.up(new AssociationId(line), kind, from, new PeerIdentity(name));
    String said = speaksEnrp ? enrp(script, random, line) : asap(script, random, line, from);
    return "'%s' from %d: %s".formatted(name, from, said);
  }

  private static String asap(PeerScript script, SplittableRandom random, long line, long from) {
    ElementId target = ElementId.of(random.nextBoolean() ? random.nextInt(1, 5) : 60);
    PoolElementParameter element = Script.element(target.value()).withRegistrant(elementName(1));
    var message =
        switch (random.nextInt(6)) {
          case 0 ->
              new AsapRegistration(Script.POOL, element.withUserTransport(Script.service(from)));
          case 1 -> new AsapRegistration(Script.POOL, element);
          case 2 ->
              new AsapDeregistration(
                  Script.POOL, target, LEAVES.get(random.nextInt(LEAVES.size())));
          case 3 -> new AsapEndpointUnreachable(Script.POOL, target);
          case 4 -> new AsapHandleResolution(Script.POOL, random.nextBoolean(), 0);
          default -> new AsapEndpointKeepAliveAck(Script.POOL, target);
        };
    script.asap(line, message);
    return message.toString();
  }

  private static String enrp(PeerScript script, SplittableRandom random, long line) {
    ServerId sender = random.nextBoolean() ? id(7) : id(random.nextInt(16));
    ServerId home = random.nextBoolean() ? sender : id(random.nextInt(16));
    PoolElementParameter element =
        at(7, random.nextInt(1, 5)).withHome(home).withRegistrant(registrarName(9));
    UpdateAction action = random.nextBoolean() ? UpdateAction.ADD_PE : UpdateAction.DEL_PE;
    EnrpMessage message =
        switch (random.nextInt(5)) {
          case 0 ->
              new EnrpHandleTableResponse(
                  sender,
                  ServerId.NONE,
                  false,
                  false,
                  List.of(new EnrpHandleTableResponse.PoolEntry(Script.POOL, List.of(element))));
          case 1 ->
              new EnrpListResponse(
                  sender, ServerId.NONE, false, List.of(PeerScript.information(3)));
          case 2 -> new EnrpInitTakeover(sender, ServerId.NONE, id(7));
          case 3 -> new EnrpTakeoverServer(sender, ServerId.NONE, id(7));
          default ->
              new EnrpHandleUpdate(sender, ServerId.NONE, action, false, Script.POOL, element);
        };
    script.says(new AssociationId(line), message);
    return message.toString();
  }
}
