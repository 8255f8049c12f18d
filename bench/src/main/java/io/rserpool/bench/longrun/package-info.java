/// Runs that take long in real time and very long in virtual time: rare events of the production
/// engines, counted over many element-years beside what arithmetic says of them.
@NullMarked
package io.rserpool.bench.longrun;

import org.jspecify.annotations.NullMarked;
