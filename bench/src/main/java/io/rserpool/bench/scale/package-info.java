/// How far one registrar goes: many elements on many associations, made by a synthetic client that
/// only registers and answers keep-alives. Memory and processor share at rest, the time to notice
/// that a thousand elements died, and how many elements one processor watches at the one-second
/// interval. Start with [Scale] and [Capacity].
@NullMarked
package io.rserpool.bench.scale;

import org.jspecify.annotations.NullMarked;
