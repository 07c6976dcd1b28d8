/** YAML files read strictly into records; a mistake is told with file, line and key. */
package macroscope.config;
