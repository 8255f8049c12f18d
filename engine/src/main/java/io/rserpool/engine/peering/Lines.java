package io.rserpool.engine.peering;

import io.rserpool.engine.AssociationId;

/// What the peer side asks of the registrar about associations.
public interface Lines {

  /// Ends an association in order; whether it is up or still being opened.
  void close(AssociationId association);

  /// Whether the scope is secured, so that every name belongs to who has proved another.
  boolean isSecured();

  /// Something came that makes no sense; too much of it breaks the association.
  void senseless(AssociationId association, String explanation);
}
