package io.rserpool.sim.check;

/// Nothing amplifies: from one settling to the next, all processes together send no more messages
/// than the steady traffic, each operation, and each fault are allowed (RFC 3237 section 3.8 asks
/// for control of congestion).
final class BoundedMessages extends Invariant {

  BoundedMessages(Truth truth) {
    super("bounded-messages", truth);
  }

  @Override
  void observe(Observation observation) {
    if (observation
        instanceof
        Observation.Carried(long ns, long messages, long operations, long faults, int elements)) {
      MessageBounds allowed =
          new MessageBounds(
              bounds(), truth().registrars().size(), elements, truth().users().size());
      long most = allowed.most(ns, operations, faults);
      check(
          messages <= most,
          "-",
          () ->
              "at most %d messages in %d ms with %d operations and %d faults"
                  .formatted(most, ns / 1_000_000, operations, faults),
          () -> Long.toString(messages));
    }
  }
}
