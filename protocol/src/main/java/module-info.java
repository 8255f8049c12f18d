/// What can be said between pool elements, pool users and registrars: value records for every
/// message, parameter, policy and error cause of RFC 5352, 5353, 5354 and 5356. Nothing here knows
/// bytes on a wire, sockets, threads or clocks.
module io.rserpool.protocol {
  requires static org.jspecify;

  exports io.rserpool.protocol;
  exports io.rserpool.protocol.asap;
  exports io.rserpool.protocol.enrp;
}
