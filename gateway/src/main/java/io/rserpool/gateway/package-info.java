/// What all gateways share: their settings, and how a host name names a pool. Texts of properties,
/// environment and host names flow in, settings and pool handles flow out. It knows no sockets.
@NullMarked
package io.rserpool.gateway;

import org.jspecify.annotations.NullMarked;
