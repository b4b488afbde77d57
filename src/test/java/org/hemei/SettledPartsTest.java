package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Which beans there are is settled when the system is packaged (docs/adr/0015). A condition on a setting would be answered
 * on the machine that packages, and never again: ask for the setting at run time instead.
 */
class SettledPartsTest {

    @Test
    void noBeanDependsOnASettingBeingThere() {
        var conditions = new ArrayList<String>();
        for (var type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.hemei")) {
            var annotated = Stream.concat(
                    type.getAnnotations().stream(),
                    type.getMethods().stream().flatMap(method -> method.getAnnotations().stream()));
            annotated
                    .map(JavaAnnotation::getRawType)
                    .filter(annotation -> annotation.getName().endsWith(".Profile")
                            || annotation
                                    .getSimpleName()
                                    .matches("ConditionalOn(Property|BooleanProperty|Expression|CloudPlatform)"))
                    .forEach(annotation -> conditions.add(type.getName() + ": " + annotation.getSimpleName()));
        }
        assertThat(conditions).isEmpty();
    }
}
