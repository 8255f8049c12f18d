/// What a pool user needs on a small device, without and with TLS: jars, a runtime image of its own, time
/// until the first answer, memory. Start with [Small].
@NullMarked
package io.rserpool.bench.small;

import org.jspecify.annotations.NullMarked;
