package macroscope.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import macroscope.calibrate.Pipeline;
import macroscope.config.YamlNode.Mapping;
import macroscope.config.YamlNode.Sequence;
import macroscope.input.InputException;

/** Turns nodes into records; the rules are those of {@link Yaml}. */
final class Binder {

  Object bind(YamlNode node, Type type) {
    if (type instanceof ParameterizedType generic) {
      return bindGeneric(node, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> target = (Class<?>) type;
    if (target == Pipeline.class) {
      return PipelineNode.bind(node);
    }
    if (target.isRecord()) {
      return bindRecord(mapping(node), target, Set.of());
    }
    if (target.isAnnotationPresent(Tagged.class)) {
      return bindTagged(mapping(node), target, target.getAnnotation(Tagged.class).value());
    }
    return Scalars.bind(node, target);
  }

  private Object bindGeneric(YamlNode node, Class<?> raw, Type[] arguments) {
    if (raw == Optional.class) {
      return Optional.of(bind(node, arguments[0]));
    }
    if (raw == Located.class) {
      return new Located<>(bind(node, arguments[0]), node.place());
    }
    if (raw == List.class) {
      return items(node).stream().map(item -> bind(item, arguments[0])).toList();
    }
    if (raw == Axis.class) {
      return bindAxis(node, arguments[0]);
    }
    if (raw == Map.class && arguments[0] == String.class) {
      return bindMap(mapping(node), arguments[1]);
    }
    throw new IllegalStateException("no binding for " + raw);
  }

  private Axis<Object> bindAxis(YamlNode node, Type type) {
    List<YamlNode> values = node instanceof Sequence ? items(node) : List.of(node);
    List<Located<Object>> located = new ArrayList<>();
    for (YamlNode value : values) {
      located.add(new Located<>(bind(value, type), value.place()));
    }
    return new Axis<>(located);
  }

  private static List<YamlNode> items(YamlNode node) {
    if (!(node instanceof Sequence sequence)) {
      throw node.place().refuse("must be a list, not " + node.kind());
    }
    if (sequence.items().isEmpty()) {
      throw node.place().refuse("list must not be empty");
    }
    return sequence.items();
  }

  private static Mapping mapping(YamlNode node) {
    if (!(node instanceof Mapping mapping)) {
      throw node.place().refuse("must be a mapping of keys to values, not " + node.kind());
    }
    return mapping;
  }

  private Map<String, Object> bindMap(Mapping mapping, Type valueType) {
    Map<String, Object> result = new LinkedHashMap<>();
    mapping.entries().forEach((key, value) -> result.put(key, bind(value, valueType)));
    return Collections.unmodifiableMap(result);
  }

  private Object bindTagged(Mapping mapping, Class<?> type, String tag) {
    Map<String, Class<?>> choices = new TreeMap<>();
    for (Class<?> choice : type.getPermittedSubclasses()) {
      choices.put(Names.snakeCase(choice.getSimpleName()), choice);
    }
    YamlNode chosen = mapping.entries().get(tag);
    if (chosen == null) {
      throw mapping.place().refuse("key " + tag + " is missing: " + alternatives(choices));
    }
    String name = (String) Scalars.bind(chosen, String.class);
    Class<?> target = choices.get(name);
    if (target == null) {
      throw chosen.place().refuse("must be " + alternatives(choices) + ": " + name);
    }
    return bindRecord(mapping, target, Set.of(tag));
  }

  private static String alternatives(Map<String, Class<?>> choices) {
    return "one of " + String.join(", ", choices.keySet());
  }

  private Object bindRecord(Mapping mapping, Class<?> type, Set<String> otherKeys) {
    RecordComponent[] components = type.getRecordComponents();
    refuseUnknown(mapping, components, otherKeys);
    Object[] arguments =
        Arrays.stream(components).map(component -> argument(mapping, component)).toArray();
    return construct(mapping.place(), type, components, arguments);
  }

  private static void refuseUnknown(
      Mapping mapping, RecordComponent[] components, Set<String> otherKeys) {
    List<String> known =
        Arrays.stream(components)
            .filter(component -> component.getType() != Place.class)
            .map(component -> Names.snakeCase(component.getName()))
            .collect(Collectors.toCollection(ArrayList::new));
    known.addAll(otherKeys);
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw value.place().refuse("unknown key" + Names.hint(key, known));
              }
            });
  }

  private Object argument(Mapping mapping, RecordComponent component) {
    if (component.getType() == Place.class) {
      return mapping.place();
    }
    String key = Names.snakeCase(component.getName());
    YamlNode value = mapping.entries().get(key);
    if (value != null) {
      return bind(value, component.getGenericType());
    }
    if (component.getType() == Optional.class) {
      return Optional.empty();
    }
    throw mapping.place().refuse("key " + key + " is missing");
  }

  private static Object construct(
      Place place, Class<?> type, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw refusal(place, e.getTargetException());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot construct " + type, e);
    }
  }

  private static RuntimeException refusal(Place place, Throwable cause) {
    if (cause instanceof InputException known) {
      return known;
    }
    if (cause instanceof IllegalArgumentException broken) {
      return place.refuse(broken);
    }
    return new IllegalStateException("cannot bind what stands at " + place, cause);
  }
}
