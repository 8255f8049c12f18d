package io.rserpool.client.host;

import io.rserpool.engine.session.cookie.Refusal;

/// What an application may want to know of the sessions of its host. Called on the sessions' own
/// threads, several at a time; it must not wait for long.
public interface HostListener {

  /// Hears nothing.
  HostListener SILENT = new HostListener() {};

  /// A user has shown a cookie that is not to be used: perhaps an attack, perhaps keys that not all
  /// servers have.
  ///
  /// @param user where the user is
  /// @param reason why
  /// @param text the same for people; never anything secret
  default void cookieRefused(String user, Refusal reason, String text) {}
}
