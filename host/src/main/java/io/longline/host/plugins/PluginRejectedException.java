package io.longline.host.plugins;

/** A plugin, or a hook of it, is left out. */
final class PluginRejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient PluginProblem problem;

  PluginRejectedException(PluginProblem problem) {
    super(problem.sentence());
    this.problem = problem;
  }

  PluginProblem problem() {
    return problem;
  }
}
