package io.rserpool.engine.user;

import io.rserpool.engine.AssociationId;
import io.rserpool.engine.Endpoint;

/// The registrar to which requests go, and the association to it.
record Home(AssociationId association, Endpoint registrar) {}
