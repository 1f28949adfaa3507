package io.longline.host.plugins;

/** A plugin is left out because of a problem. */
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
