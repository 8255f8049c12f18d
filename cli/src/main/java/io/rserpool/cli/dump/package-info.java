/// Shows what a registrar holds and how far its peers are in step with it: a survey as tables for
/// people, and as JSON for programs.
@NullMarked
package io.rserpool.cli.dump;

import org.jspecify.annotations.NullMarked;
