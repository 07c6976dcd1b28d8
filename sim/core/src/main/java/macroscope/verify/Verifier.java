package macroscope.verify;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import macroscope.cost.TechnologyNode;
import macroscope.input.InputException;

/**
 * Replays vector files against the models: rows are read in batches, replayed in parallel and counted
 * in the file's order, so that the report is the same for any number of threads.
 */
public final class Verifier {

  private static final int BATCH_ROWS = 256;

  /** Batches read ahead of the oldest that is not counted yet, for each thread; bounds the memory. */
  private static final int BATCHES_AHEAD = 3;

  private final List<VectorKind> kinds;
  private final int threads;
  private final int failuresKept;

  /**
   * @param technologies those whose prices predict synthesis results
   * @param machines those that predict times
   * @param threads rows replayed at the same time, at least 1
   * @param failuresKept failed rows of a file that its report describes
   */
  public static Verifier of(
      List<TechnologyNode> technologies, TimedMachines machines, int threads, int failuresKept) {
    return of(technologies, machines, Optional.empty(), threads, failuresKept);
  }

  /**
   * As {@link #of(List, TimedMachines, int, int)}.
   *
   * @param networks folder of the networks and data that rows of accuracies name; beside their file if
   *     empty
   */
  public static Verifier of(
      List<TechnologyNode> technologies,
      TimedMachines machines,
      Optional<Path> networks,
      int threads,
      int failuresKept) {
    Map<String, TechnologyNode> byName =
        technologies.stream().collect(Collectors.toMap(TechnologyNode::name, node -> node));
    return new Verifier(VectorKinds.all(byName, machines, networks), threads, failuresKept);
  }

  Verifier(List<VectorKind> kinds, int threads, int failuresKept) {
    this.kinds = List.copyOf(kinds);
    this.threads = threads;
    this.failuresKept = failuresKept;
  }

  /**
   * Replays every row of every file.
   *
   * @throws InputException if a file cannot be read, is of no known kind, or a row is malformed
   */
  public List<FileReport> verify(List<Path> files) {
    return verify(files, bytes -> {});
  }

  /**
   * As {@link #verify(List)}.
   *
   * @param progress told how many more bytes of the files were read
   */
  public List<FileReport> verify(List<Path> files, LongConsumer progress) {
    files.forEach(this::requireKnownKind);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<FileReport> reports = new ArrayList<>();
      for (Path file : files) {
        reports.add(verify(file, pool, progress));
      }
      return reports;
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Replays one row.
   *
   * @param line of the row in the file, the header being line 1
   * @throws InputException if the file cannot be read, is of no known kind, or has no row there
   */
  public ReplayedRow row(Path path, long line) {
    try (VectorFile file = VectorFile.open(path)) {
      VectorKind kind = VectorKinds.of(file, kinds);
      long last = 1;
      while (file.hasNext()) {
        VectorRow row = file.next(kind.columns().lastIsText());
        last = row.line();
        if (last == line) {
          return replayed(file.header(), kind, row);
        }
      }
      throw new InputException(file.name(), "the line of a row must be 2.." + last + ": " + line);
    }
  }

  private static ReplayedRow replayed(List<String> header, VectorKind kind, VectorRow row) {
    List<Map.Entry<String, String>> fields =
        header.stream().map(column -> Map.entry(column, row.text(column))).toList();
    Optional<DotRow> dot = kind instanceof DotKind dots ? dots.read(row) : Optional.empty();
    return new ReplayedRow(kind.name(), row.id(), fields, outcome(kind, row), dot);
  }

  /** So that a wrong last file is told before the first is replayed. */
  private void requireKnownKind(Path path) {
    try (VectorFile file = VectorFile.open(path)) {
      VectorKinds.of(file, kinds);
    }
  }

  private FileReport verify(Path path, ExecutorService pool, LongConsumer progress) {
    try (VectorFile file = VectorFile.open(path)) {
      VectorKind kind = VectorKinds.of(file, kinds);
      Tally tally = new Tally(failuresKept);
      if (!file.hasNext()) {
        throw new InputException(file.name(), "must have rows: only a header line stands there");
      }
      Deque<Future<List<Replayed>>> pending = new ArrayDeque<>();
      try {
        long told = 0;
        while (file.hasNext()) {
          List<VectorRow> batch = batch(file, kind.columns().lastIsText());
          pending.add(pool.submit(() -> replay(kind, batch)));
          if (pending.size() > BATCHES_AHEAD * threads) {
            count(pending.remove(), tally);
          }
          progress.accept(file.bytesRead() - told);
          told = file.bytesRead();
        }
      } catch (InputException e) {
        pending.forEach(earlier -> count(earlier, tally));
        throw e;
      }
      pending.forEach(rest -> count(rest, tally));
      Optional<ErrorBound> bound = kind.exact() ? Optional.empty() : StatedBounds.of(path);
      return tally.report(file.name(), kind, bound);
    }
  }

  private static List<VectorRow> batch(VectorFile file, boolean lastIsText) {
    List<VectorRow> rows = new ArrayList<>();
    while (rows.size() < BATCH_ROWS && file.hasNext()) {
      rows.add(file.next(lastIsText));
    }
    return rows;
  }

  private record Replayed(String id, Outcome outcome) {}

  private static List<Replayed> replay(VectorKind kind, List<VectorRow> rows) {
    return rows.stream().map(row -> new Replayed(row.id(), outcome(kind, row))).toList();
  }

  private static Outcome outcome(VectorKind kind, VectorRow row) {
    try {
      return kind.replay(row);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "the model broke on " + row.file() + ", line " + row.line() + ": " + e.getMessage(), e);
    }
  }

  private static void count(Future<List<Replayed>> batch, Tally tally) {
    try {
      batch.get().forEach(row -> tally.add(row.id(), row.outcome()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replaying", e);
    }
  }
}
