/// What to do about what is said: the state machines of registrar, pool element and pool user, and
/// the handlespace with its policies. Pure functions of (state, now, input): no bytes, no sockets,
/// no
/// threads, no clock (RFC 5352, RFC 5353, RFC 5356).
module io.rserpool.engine {
  requires transitive io.rserpool.protocol;
  requires static org.jspecify;

  exports io.rserpool.engine;
  exports io.rserpool.engine.access;
  exports io.rserpool.engine.element;
  exports io.rserpool.engine.handlespace;
  exports io.rserpool.engine.hunt;
  exports io.rserpool.engine.peers;
  exports io.rserpool.engine.policy;
  exports io.rserpool.engine.registrar;
  exports io.rserpool.engine.user;
  exports io.rserpool.engine.session;
  exports io.rserpool.engine.session.cookie;
  exports io.rserpool.engine.session.element;
}
