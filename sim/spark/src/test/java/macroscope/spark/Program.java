package macroscope.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The program as the launcher starts it: modules in jars, libraries, then Spark's. */
final class Program {
  private final Path folder;
  private final List<Path> program;

  /**
   * @param folder for jars of modules that are not packaged yet
   */
  Program(Path folder) throws IOException {
    this.folder = folder;
    this.program = new ArrayList<>(modules(folder));
    program.addAll(libraries("macroscope.libraries"));
  }

  /** The jars that a file with a class path names. */
  static List<Path> libraries(String property) throws IOException {
    String path = Files.readString(Path.of(System.getProperty(property))).strip();
    return Stream.of(path.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** All modules but the tests: folders of classes, or jars where Maven has made them. */
  private static List<Path> modules(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.endsWith("target/classes")) {
        jars.add(jar(path, folder.resolve("module" + jars.size() + ".jar")));
      } else if (path.getFileName().toString().matches("macroscope-[a-z]+-.*\\.jar")) {
        jars.add(path);
      }
    }
    return jars;
  }

  private static Path jar(Path classes, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to);
        JarOutputStream jar = new JarOutputStream(out);
        Stream<Path> walk = Files.walk(classes)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile).sorted()::iterator) {
        String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
        jar.putNextEntry(new JarEntry(name));
        Files.copy(file, jar);
      }
    }
    return to;
  }

  /** Starts a command of the program; {@code name.log} gets what it says. */
  Process start(String name, List<String> flags, List<String> arguments) {
    try {
      List<Path> classPath = new ArrayList<>(program);
      classPath.addAll(libraries("macroscope.spark.libraries"));
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:+UseSerialGC", "-Djava.awt.headless=true"));
      command.add("-Dmacroscope.home=" + System.getProperty("macroscope.home"));
      command.add("-Dmacroscope.jars=" + joined(program));
      command.addAll(flags);
      command.addAll(List.of("-cp", joined(classPath), "macroscope.cli.Macroscope"));
      command.addAll(arguments);
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve(name + ".log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command said. */
  String said(String name) {
    return Cluster.read(folder.resolve(name + ".log"));
  }

  private static String joined(List<Path> paths) {
    return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
  }
}
