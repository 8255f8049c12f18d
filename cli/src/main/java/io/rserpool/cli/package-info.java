/// The one executable, with one small class per subcommand. Arguments flow in, text and an exit
/// status flow out; everything else is asked of the modules below.
@NullMarked
package io.rserpool.cli;

import org.jspecify.annotations.NullMarked;
