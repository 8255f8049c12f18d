package io.rserpool.engine.session.element;

/// What becomes of a session whose user shows a cookie that is refused. It never begins anew without
/// anybody having decided that.
public enum OnRefusal {
  /// It ends, and the user hears why (ASAP_ERROR, cause "rejected due to security considerations").
  END_SESSION,
  /// The service hears of it in place of the cookie, and decides.
  TELL_SERVICE
}
