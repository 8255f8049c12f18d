package io.rserpool.sim.network;

import io.rserpool.engine.AssociationKind;

/// What is spoken at a port.
enum Speech {
  /// ASAP with a registrar.
  ASAP,
  /// ENRP among registrars.
  ENRP,
  /// A session of a user with an element: data, and ASAP messages beside it. Each frame begins with
  /// a payload protocol identifier of four bytes.
  SESSION;

  /// What an engine's association speaks.
  static Speech of(AssociationKind kind) {
    return switch (kind) {
      case ASAP -> ASAP;
      case ENRP -> ENRP;
    };
  }
}
