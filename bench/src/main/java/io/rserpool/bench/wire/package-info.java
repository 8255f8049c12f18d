/// What it costs to read and to write the messages that a registrar handles most: registrations,
/// and answers to handle resolutions with few and with many elements. Time and bytes allocated, by
/// JMH with its gc profiler.
@NullMarked
package io.rserpool.bench.wire;

import org.jspecify.annotations.NullMarked;
