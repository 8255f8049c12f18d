package io.rserpool.engine.registrar;

import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolHandle;

/// Names one element of the scope.
record ElementKey(PoolHandle handle, ElementId elementId) {}
