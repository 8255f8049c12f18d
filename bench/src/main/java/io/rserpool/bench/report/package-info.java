/// How repeated measurements are summed up: the least, the median and the greatest, since a mean says
/// little of what may have an accident in it.
@NullMarked
package io.rserpool.bench.report;

import org.jspecify.annotations.NullMarked;
