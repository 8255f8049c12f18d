package io.rserpool.bench.replication;

/// What happens once to a scope that is otherwise at rest.
enum Operation {
  REGISTRATION("registration", 2),
  /// Nothing is done: elements register again by themselves, and tell nothing new.
  RENEWAL("unchanged", 0),
  CHANGE("new load", 2),
  DEREGISTRATION("deregistration", 2),
  ELEMENT_KILLED("element killed", 2),
  ELEMENT_FROZEN("element frozen", 4),
  REGISTRAR_KILLED("registrar killed", 4),
  REGISTRAR_FROZEN("registrar frozen", 4);

  private final String title;
  private final int units;

  Operation(String title, int units) {
    this.title = title;
    this.units = units;
  }

  /// For the head of a column.
  String title() {
    return title;
  }

  /// How long its consequences last at most, in the profile's unit of time.
  int units() {
    return units;
  }

  /// Whether a registrar fails, which takes another one to be noticed.
  boolean isRegistrarFailure() {
    return switch (this) {
      case REGISTRAR_KILLED, REGISTRAR_FROZEN -> true;
      case REGISTRATION, RENEWAL, CHANGE, DEREGISTRATION, ELEMENT_KILLED, ELEMENT_FROZEN -> false;
    };
  }
}
