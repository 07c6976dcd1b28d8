package macroscope.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One number of a machine's file, for listings.
 *
 * @param name path of keys to it
 * @param number the number
 * @param citation what its source is
 */
public record MachineNumber(String name, Sourced number, String citation) {

  /**
   * All numbers of a file's record, in the order of its keys.
   *
   * @throws macroscope.input.InputException if one names a source that the file does not list
   */
  static List<MachineNumber> of(Record file, Map<String, String> sources) {
    List<MachineNumber> found = new ArrayList<>();
    collect("", file, sources, found);
    return List.copyOf(found);
  }

  private static void collect(
      String path, Object value, Map<String, String> sources, List<MachineNumber> found) {
    if (value instanceof Sourced number) {
      found.add(new MachineNumber(path, number, citation(number, sources)));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(inner -> collect(path, inner, sources, found));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> collect(join(path, String.valueOf(key)), inner, sources, found));
    } else if (value instanceof Record inner && !(value instanceof Place)) {
      for (RecordComponent component : inner.getClass().getRecordComponents()) {
        String name = join(path, Names.snakeCase(component.getName()));
        collect(name, read(component, inner), sources, found);
      }
    }
  }

  private static String citation(Sourced number, Map<String, String> sources) {
    String citation = sources.get(number.source());
    if (citation == null) {
      throw number.place().refuse("source is not listed under sources: " + number.source());
    }
    return citation;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Object read(RecordComponent component, Record from) {
    try {
      return component.getAccessor().invoke(from);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
