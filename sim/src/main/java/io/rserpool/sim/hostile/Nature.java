package io.rserpool.sim.hostile;

import io.rserpool.sim.access.Charter;
import io.rserpool.sim.network.Papers;

/// What an adversary has to show, and so what it may hope for.
enum Nature {
  /// Nobody has ever given it a certificate.
  STRANGER,
  /// It has a certificate of another authority, with the name of a registrar.
  OUTSIDER,
  /// Its certificate has a name that looks like a registrar's, but is not one.
  TRICKSTER,
  /// An element whose key is in the wrong hands.
  ELEMENT,
  /// A user whose key is in the wrong hands.
  USER,
  /// A registrar whose key is in the wrong hands. It only does what even such a one may not.
  REGISTRAR;

  private static final String TRICK = "rserpool://sim/guest/x/registrar/rogue-";

  /// What the adversary of that number shows.
  Papers papers(int number) {
    String process = "rogue-" + number;
    return switch (this) {
      case STRANGER -> Papers.NONE;
      case OUTSIDER -> Papers.FOREIGN;
      case TRICKSTER -> Papers.of(TRICK + number);
      case ELEMENT -> Papers.of(Charter.name("element", process));
      case USER -> Papers.of(Charter.name("user", process));
      case REGISTRAR -> Papers.of(Charter.name("registrar", process));
    };
  }

  /// Whether elements and users would believe that it is a registrar.
  boolean isBelieved() {
    return this == REGISTRAR;
  }
}
