package io.rserpool.services.host;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;

/// One user's conversation with a service.
public interface ServiceSession {

  /// What the user sends. A user that is silent for the host's idle time-out loses its session.
  InputStream input();

  /// What the user gets, not buffered. A user that takes nothing for the host's send time-out loses
  /// its session.
  OutputStream output();

  /// Who the user is.
  SocketAddress peer();

  /// Whether the session was ended, by the user's fault or with the host; long work that neither
  /// reads nor writes looks here now and then.
  boolean isEnding();
}
