// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One JSON object of a page, read member by member: what is there has the right form or the whole
/// is [Malformed]. Members that nobody asks for are passed over.
record Tree(Map<?, ?> members) {
    /// It is not what it should be. Never leaves this package.
    @SuppressWarnings("serial")
    static final class Malformed extends RuntimeException {
        Malformed(String member) {
            super(member, null, false, false);
        }
    }

    /// @throws Malformed if it is no object
    static Tree of(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> members) {
            return new Tree(members);
        }
        throw new Malformed(name);
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    Tree object(String name) {
        return of(members.get(name), name);
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw new Malformed(name);
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (members.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new Malformed(name);
    }

    /// A whole number, however it is held; a page writes 3 for 3.0.
    long whole(String name) {
        if (members.get(name) instanceof Number number) {
            double value = number.doubleValue();
            if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
                return number.longValue();
            }
        }
        throw new Malformed(name);
    }

    long whole(String name, long otherwise) {
        return has(name) ? whole(name) : otherwise;
    }

    /// A whole number that fits.
    int integer(String name) {
        long value = whole(name);
        if (value != (int) value) {
            throw new Malformed(name);
        }
        return (int) value;
    }

    /// How many there are; none if it is not there.
    int count(String name) {
        int value = has(name) ? integer(name) : 0;
        if (value < 0) {
            throw new Malformed(name);
        }
        return value;
    }

    <T> List<T> list(String name, Function<Tree, T> each) {
        if (!(members.get(name) instanceof List<?> values)) {
            throw new Malformed(name);
        }
        var list = new ArrayList<T>(values.size());
        for (var value : values) {
            list.add(each.apply(of(value, name)));
        }
        return list;
    }

    /// All members of an object; empty if it is not there.
    Map<String, Object> map(String name) {
        var map = new LinkedHashMap<String, Object>();
        if (has(name)) {
            object(name).members.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }
}
