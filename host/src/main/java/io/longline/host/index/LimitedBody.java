package io.longline.host.index;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of an answer to a stream, up to a limit; what is beyond it fails the answer, or
 * with a limit of 0 ends it. Called by the threads of the client, by one at a time.
 */
final class LimitedBody implements BodySubscriber<Void> {

  private final long limit;
  private final OutputStream out;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private long count;

  LimitedBody(long limit, OutputStream out) {
    this.limit = limit;
    this.out = out;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (end.isDone()) {
      return;
    }
    try {
      for (var buffer : buffers) {
        take(buffer);
      }
    } catch (IOException e) {
      stop();
      end.completeExceptionally(e);
    }
  }

  private void take(ByteBuffer buffer) throws IOException {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    count += bytes.length;
    if (count > limit) {
      if (limit > 0) {
        throw new IOException("it has more than the %d bytes that it may have".formatted(limit));
      }
      stop();
      end.complete(null);
      return;
    }
    out.write(bytes);
  }

  private void stop() {
    var running = subscription;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void onError(Throwable problem) {
    end.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    end.complete(null);
  }
}
