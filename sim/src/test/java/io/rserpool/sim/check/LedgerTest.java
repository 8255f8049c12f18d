package io.rserpool.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.IpAddress;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.ServerId;
import io.rserpool.sim.access.Charter;
import java.util.List;
import org.junit.jupiter.api.Test;

/// An entry is explained by a registration of its owner, and by nothing else.
class LedgerTest {

  private static final String OWNER = Charter.name("element", "pe1");
  private static final String OTHER = Charter.name("element", "pe2");
  private static final IpAddress THERE = new IpAddress.V4(0x0a00_0101);
  private static final IpAddress ELSEWHERE = new IpAddress.V4(0x0a00_0102);
  private static final PoolHandle POOL = PoolHandle.of("pool1");
  private static final Identity IDENTITY = new Identity(POOL, ElementId.of(7));
  private static final Charter ROLES = new Charter(Charter.Kind.ROLES, List.of(), true);

  private final Ledger ledger = new Ledger();

  private static PoolElementParameter told() {
    return new PoolElementParameter(
        IDENTITY.elementId(),
        ServerId.of(1),
        300,
        new AsapTransport.Tcp(THERE, 7),
        new Policy.LeastUsed(5),
        new AsapTransport.Tcp(THERE, 4863),
        "");
  }

  private static PoolElementParameter kept() {
    return told().withRegistrant(OWNER).withHome(ServerId.of(9));
  }

  @Test
  void entryIsAsItsOwnerToldIt() {
    assertThat(ledger.objection(IDENTITY, kept(), true)).contains("nobody");
    assertThat(ledger.registers(OWNER, THERE, ROLES, POOL, told())).isTrue();
    assertThat(ledger.objection(IDENTITY, kept(), true)).isEmpty();
    assertThat(ledger.isOf(IDENTITY, OWNER)).isTrue();
    assertThat(ledger.isAsked(POOL, ElementId.NONE, OWNER)).isTrue();
    assertThat(ledger.isAsked(POOL, ElementId.NONE, OTHER)).isFalse();
  }

  @Test
  void whatTheOwnerDidNotSayIsNotExplained() {
    ledger.registers(OWNER, THERE, ROLES, POOL, told());
    AsapTransport elsewhere = new AsapTransport.Tcp(ELSEWHERE, 7);
    assertThat(ledger.objection(IDENTITY, kept().withRegistrant(OTHER), true)).contains(OTHER);
    assertThat(ledger.objection(IDENTITY, kept().withRegistrant(""), true)).contains(OWNER);
    assertThat(ledger.objection(IDENTITY, kept().withRegistrant(""), false)).isEmpty();
    assertThat(ledger.objection(IDENTITY, kept().withUserTransport(elsewhere), true))
        .contains("transport");
    assertThat(
            ledger.objection(
                IDENTITY, kept().withUserTransport(new AsapTransport.Tcp(THERE, 8)), true))
        .contains("transport");
    assertThat(ledger.objection(IDENTITY, kept().withAsapTransport(elsewhere), true))
        .contains("ASAP transport");
    assertThat(ledger.objection(IDENTITY, kept().withPolicy(new Policy.LeastUsed(6)), true))
        .contains("policy");
    AsapTransport nowhere = new AsapTransport.Tcp(THERE, 0);
    assertThat(ledger.objection(IDENTITY, kept().withAsapTransport(nowhere), true)).isEmpty();
  }

  @Test
  void whoMayNotRegisterExplainsNothing() {
    String user = Charter.name("user", "pu1");
    assertThat(ledger.registers("", THERE, ROLES, POOL, told())).isFalse();
    assertThat(ledger.registers(user, THERE, ROLES, POOL, told())).isFalse();
    assertThat(ledger.registers(OWNER, ELSEWHERE, ROLES, POOL, told())).isFalse();
    assertThat(ledger.registers(OWNER, THERE, ROLES.denying(List.of(OWNER)), POOL, told()))
        .isFalse();
    assertThat(ledger.objection(IDENTITY, kept(), true)).contains("nobody");
  }

  @Test
  void whatNobodyHasIsForgotten() {
    ledger.registers(OWNER, THERE, ROLES, POOL, told());
    ledger.isForeign(IDENTITY);
    assertThat(ledger.foreigners()).isOne();
    ledger.forget(_ -> true);
    assertThat(ledger.hasForeign(IDENTITY)).isTrue();
    ledger.forget(_ -> false);
    assertThat(ledger.hasForeign(IDENTITY)).isFalse();
    assertThat(ledger.isOf(IDENTITY, OWNER)).isFalse();
  }
}
