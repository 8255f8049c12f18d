/// Tests of the code itself: what a style guide could only ask for, these insist on. Class files
/// and source folders of all modules flow in, sentences about broken rules flow out. It must not
/// know what the code under test is for.
@NullMarked
package io.rserpool.house;

import org.jspecify.annotations.NullMarked;
