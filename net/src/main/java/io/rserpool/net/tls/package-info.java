/// TLS 1.3 for a node: its certificate and key, the authorities that it trusts, and the name that a
/// peer's certificate proves. Files are read again when they change; what is connected stays so.
@NullMarked
package io.rserpool.net.tls;

import org.jspecify.annotations.NullMarked;
