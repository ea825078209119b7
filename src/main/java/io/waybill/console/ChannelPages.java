package io.waybill.console;

import io.waybill.api.ChannelCheckApi;
import io.waybill.api.ChannelsApi;
import io.waybill.api.TasksApi;
import io.waybill.api.access.Caller;
import io.waybill.flow.ChannelGates;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Channels and their switches. */
@Controller
@RequestMapping("/console/channels")
class ChannelPages {
    private final ChannelsApi channels;
    private final TasksApi tasks;
    private final ChannelCheckApi checks;
    private final ChannelGates gates;
    private final Answers answers;

    ChannelPages(ChannelsApi channels, TasksApi tasks, ChannelCheckApi checks, ChannelGates gates, Answers answers) {
        this.channels = channels;
        this.tasks = tasks;
        this.checks = checks;
        this.gates = gates;
        this.answers = answers;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("channels", answers.of(channels.list()).get("items"));
        return "channels";
    }

    @GetMapping("/{channel}")
    String one(@PathVariable String channel, Model model) {
        model.addAttribute("c", answers.of(channels.one(channel)));
        model.addAttribute("tasks", answers.of(tasks.list(channel)).get("items"));
        model.addAttribute("circuit", gates.circuit(channel));
        return "channel";
    }

    /** Calls the channel's system; nothing else on these pages does. */
    @GetMapping("/{channel}/check")
    String check(@PathVariable String channel, Model model) {
        model.addAttribute("checked", answers.of(checks.check(channel)));
        return one(channel, model);
    }

    private static String page(String channel) {
        return "/console/channels/"
                + org.springframework.web.util.UriUtils.encodePathSegment(
                        channel, java.nio.charset.StandardCharsets.UTF_8);
    }

    @PostMapping("/{channel}/{deed:pause|resume}")
    String pause(@PathVariable String channel, @PathVariable String deed, Caller caller, RedirectAttributes flash) {
        return Deeds.then(page(channel), flash, () -> {
            boolean pauses = deed.equals("pause");
            var unused = pauses ? channels.pause(channel, caller) : channels.resume(channel, caller);
            return pauses ? "Paused: nothing is sent until it is resumed." : "Resumed.";
        });
    }

    @PostMapping("/{channel}/push-mode")
    String pushMode(@PathVariable String channel, @RequestParam String push, Caller caller, RedirectAttributes flash) {
        return Deeds.then(page(channel), flash, () -> {
            channels.pushMode(channel, new ChannelsApi.PushMode(push), caller);
            return "Push mode is " + push + ".";
        });
    }

    @PostMapping("/{channel}/shadow")
    String shadow(@PathVariable String channel, @RequestParam boolean shadow, Caller caller, RedirectAttributes flash) {
        return Deeds.then(page(channel), flash, () -> {
            channels.shadow(channel, new ChannelsApi.Shadow(shadow), caller);
            return shadow ? "Only watched from now on: nothing is sent." : "Sent to again.";
        });
    }

    @PostMapping("/{channel}/tasks/{task}")
    String task(
            @PathVariable String channel,
            @PathVariable String task,
            @RequestParam(required = false) @Nullable Boolean enabled,
            @RequestParam(required = false) @Nullable String every,
            Caller caller,
            RedirectAttributes flash) {
        return Deeds.then(page(channel), flash, () -> {
            tasks.change(channel, task, new TasksApi.TaskChange(enabled, every), caller);
            return task + " was changed.";
        });
    }

    @PostMapping("/{channel}/tasks/{task}/run")
    String run(@PathVariable String channel, @PathVariable String task, Caller caller, RedirectAttributes flash) {
        return Deeds.then(page(channel), flash, () -> {
            tasks.run(channel, task, caller);
            return task + " runs. The sync log tells what came of it.";
        });
    }
}
