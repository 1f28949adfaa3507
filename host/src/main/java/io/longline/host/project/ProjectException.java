package io.longline.host.project;

/** A project cannot be written as it was asked for. The message is for the user. */
public final class ProjectException extends Exception {

  private static final long serialVersionUID = 1L;

  ProjectException(String sentence) {
    super(sentence);
  }
}
