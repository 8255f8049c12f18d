package io.rserpool.engine;

/// Which protocol an association speaks.
public enum AssociationKind {
  /// Between pool elements or pool users and registrars.
  ASAP,
  /// Between registrars.
  ENRP
}
