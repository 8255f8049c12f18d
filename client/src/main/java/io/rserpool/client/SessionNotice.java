package io.rserpool.client;

import io.rserpool.engine.session.SessionNews;

/// What [PoolSession#next] tells besides data, if the [SessionOptions] ask for it: the
/// notifications of RFC 5351 section 4 and of the RSerPool API draft. Each comes in its place among
/// the data.
public enum SessionNotice {
  /// The element has failed, and the application has to call [PoolSession#failover].
  FAILOVER_NECESSARY,
  /// The session is on another element.
  FAILOVER_COMPLETE,
  /// The element has left a newer cookie with the session.
  NEW_COOKIE,
  /// The element has told in which order its users should fail over.
  NEW_CARD,
  /// The registrar has told another state of the pool.
  POOL_CHANGED,
  /// A message that was sent with [io.rserpool.engine.session.SendOption#NO_FAILOVER] was not
  /// handed over.
  UNSENT;

  boolean isThat(SessionNews<?> news) {
    return switch (news) {
      case SessionNews.FailoverNecessary<?> _ -> this == FAILOVER_NECESSARY;
      case SessionNews.Moved<?> _ -> this == FAILOVER_COMPLETE;
      case SessionNews.NewCookie<?> _ -> this == NEW_COOKIE;
      case SessionNews.NewCard<?> _ -> this == NEW_CARD;
      case SessionNews.PoolChanged<?> _ -> this == POOL_CHANGED;
      case SessionNews.Unsent<?> _ -> this == UNSENT;
      case SessionNews.Data<?> _, SessionNews.Ended<?> _, SessionNews.Over<?> _ -> false;
    };
  }
}
