/// Measurements, never part of the test run. Results are ratios against a reference of the same
/// run;
/// the module's README says how to run each and what was seen.
@NullMarked
package io.rserpool.bench;

import org.jspecify.annotations.NullMarked;
