package io.weir.config;

/** Whether kernel events are needed. */
public enum HookUse {
    /** Used where the kernel allows them; else sockets are polled alone. */
    AUTO,
    /** Without them the agent ends. */
    REQUIRED,
    /** Not used: sockets are polled alone. */
    OFF
}
