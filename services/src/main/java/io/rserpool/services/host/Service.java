package io.rserpool.services.host;

import io.rserpool.protocol.PoolHandle;
import java.io.IOException;

/// What a server does for each of its sessions.
public interface Service {

  /// The name by which people choose it, such as `echo`.
  String label();

  /// The pool that it joins when nothing else is said.
  PoolHandle defaultPool();

  /// Serves one session to its end, on a thread of its own; the host closes the session afterwards.
  /// An exception ends this session and no other.
  void serve(ServiceSession session) throws IOException;
}
