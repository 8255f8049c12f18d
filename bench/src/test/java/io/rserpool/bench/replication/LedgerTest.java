package io.rserpool.bench.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger();

  @Test
  void messagesAreCountedByWhatTheyAreFor() {
    send("o1 ENRP pr2 ENRP_HANDLE_UPDATE 88 bytes");
    send("o1 ENRP pr3 ENRP_HANDLE_UPDATE 88 bytes");
    send("o1 ASAP pr1 ASAP_REGISTRATION 72 bytes");
    assertThat(ledger.account())
        .isEqualTo(new Account(new Cost(2, 176), new Cost(1, 72), Cost.NOTHING));
    assertThat(ledger.registrations()).isOne();
  }

  @Test
  void whatComesAllTheTimeIsNotCounted() {
    send("o1 ENRP pr2 ENRP_PRESENCE 44 bytes");
    send("o1 ASAP pe2 ASAP_ENDPOINT_KEEP_ALIVE 20 bytes");
    send("o1 ASAP pr2 ASAP_ENDPOINT_KEEP_ALIVE_ACK 24 bytes");
    assertThat(ledger.account()).isEqualTo(Account.EMPTY);
  }

  @Test
  void whateverTheDeadAreSentIsCountedApart() {
    ledger.died("pr2");
    send("o1 ENRP pr2 ENRP_PRESENCE 44 bytes");
    send("o1 ENRP pr3 ENRP_PRESENCE 44 bytes");
    assertThat(ledger.account())
        .isEqualTo(new Account(Cost.NOTHING, Cost.NOTHING, new Cost(1, 44)));
  }

  @Test
  void otherLinesOfTheTraceAreNotCounted() {
    ledger.line(0, "pr2", "receive", "i1 ENRP pr1 ENRP_HANDLE_UPDATE 88 bytes");
    ledger.line(0, "pr2", "event", "pool=a element=0x00000001 registered by pe1");
    send("announcement");
    assertThat(ledger.account()).isEqualTo(Account.EMPTY);
  }

  private void send(String what) {
    ledger.line(0, "pr1", "send", what);
  }
}
