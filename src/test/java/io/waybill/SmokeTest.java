package io.waybill;

import org.junit.jupiter.api.Test;

class SmokeTest {
    @Test
    void a() {}
}
