package io.weir.agent.check;

/**
 * What an agent saw while it ran, by both witnesses.
 *
 * @param hooks how events are told, in a line; why there are none, if so
 * @param witnesses what each saw
 * @param poll how polling went
 * @param lost ends of connections which no record will tell
 */
public record LiveReport(String hooks, WitnessReport witnesses, PollReport poll, long lost) {}
