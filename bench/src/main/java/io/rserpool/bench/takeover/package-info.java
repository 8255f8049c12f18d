/// How long it takes until the death of a registrar, or of an element, is dealt with everywhere: three
/// registrars in processes of their own, elements and a subscribed user in this one, real sockets, real
/// signals, and the timers of each profile.
@NullMarked
package io.rserpool.bench.takeover;

import org.jspecify.annotations.NullMarked;
