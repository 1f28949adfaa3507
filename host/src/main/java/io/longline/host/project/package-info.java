/**
 * What {@code longline new-plugin} writes: a Maven project with a hook, its test and a README.
 * Start with {@code PluginProject}. A hook for another site is one more folder of templates, named
 * by {@code HookTemplate}.
 */
@NullMarked
package io.longline.host.project;

import org.jspecify.annotations.NullMarked;
