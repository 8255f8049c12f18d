package io.rserpool.bench.replication;

import io.rserpool.protocol.asap.AsapType;
import io.rserpool.protocol.enrp.EnrpType;
import io.rserpool.sim.Trace;
import java.util.Set;

/// Counts what is sent in a simulation, as its trace tells it: who sends, to whom, which message, and
/// its bytes.
final class Ledger extends Trace {

  private static final String SEND = "send";

  // The end of what a line says of a message that is sent: the receiver, the message's name, its
  // size, and the word `bytes`.
  private static final int TO = 4;
  private static final int NAME = 3;
  private static final int SIZE = 2;

  private static final Set<String> ALL_THE_TIME =
      Set.of(
          EnrpType.PRESENCE.rfcName(),
          AsapType.ENDPOINT_KEEP_ALIVE.rfcName(),
          AsapType.ENDPOINT_KEEP_ALIVE_ACK.rfcName());

  private Account account = Account.EMPTY;
  private String dead = "";
  private long registrations;

  /// Whatever is sent to this process from now on is sent in vain.
  void died(String process) {
    dead = process;
  }

  /// Forgets what was counted so far.
  void open() {
    account = Account.EMPTY;
    registrations = 0;
  }

  /// What was sent since it was opened.
  Account account() {
    return account;
  }

  /// How many registrations, first and repeated ones, were sent since it was opened.
  long registrations() {
    return registrations;
  }

  @Override
  public void line(long atNs, String who, String kind, String what) {
    String[] words = what.split(" ", -1);
    if (kind.equals(SEND) && words.length >= TO) {
      sent(
          words[words.length - TO],
          words[words.length - NAME],
          Integer.parseInt(words[words.length - SIZE]));
    }
  }

  private void sent(String to, String name, int size) {
    Cost one = new Cost(1, size);
    if (name.equals(AsapType.REGISTRATION.rfcName())) {
      registrations++;
    }
    if (to.equals(dead)) {
      account = account.plus(new Account(Cost.NOTHING, Cost.NOTHING, one));
    } else if (!ALL_THE_TIME.contains(name)) {
      boolean isAmongPeers = name.startsWith("ENRP");
      account =
          account.plus(
              new Account(
                  isAmongPeers ? one : Cost.NOTHING,
                  isAmongPeers ? Cost.NOTHING : one,
                  Cost.NOTHING));
    }
  }
}
